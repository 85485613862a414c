/** As lines of an .env file. */
export const envText = (variables: object): string =>
  Object.entries(variables)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n');
