/** `api_key.rolled` → "Api key rolled" */
export function actionWords(action: string): string {
  const words = action
    .replaceAll('_', ' ')
    .replace('.', ' ')
    .replace(/^api key/, 'API key');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function valueWords(value: unknown): string {
  if (value === undefined || value === null) return '–';
  if (typeof value === 'string') return value;
  return JSON.stringify(value);
}
