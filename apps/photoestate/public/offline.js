// @ts-check
/* The page without a connection: what waits for one, and the way back as soon as it is there. */

const theme = localStorage.getItem('theme') ?? 'dark';
const isDark =
  theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
document.documentElement.classList.toggle('dark', isDark);

/**
 * @param {string} name
 * @returns {Promise<{ owner: string }[]>}
 */
function rowsOf(name) {
  return new Promise((resolve) => {
    const opening = indexedDB.open(name, 1);
    opening.onerror = () => resolve([]);
    opening.onupgradeneeded = () => opening.result.createObjectStore('rows', { keyPath: 'id' });
    opening.onsuccess = () => {
      const rows = opening.result.transaction('rows').objectStore('rows').getAll();
      rows.onerror = () => resolve([]);
      rows.onsuccess = () => {
        opening.result.close();
        resolve(rows.result);
      };
    };
  });
}

/**
 * @param {number} count
 * @param {string} one
 */
const counted = (count, one) => `${count} ${one}${count === 1 ? '' : 's'}`;

async function showWaiting() {
  const me = localStorage.getItem('photoestate-user');
  const [edits, uploads] = await Promise.all(
    ['queued-edits', 'kept-uploads'].map(async (name) =>
      (await rowsOf(name)).filter(({ owner, isCancelled }) => owner === me && !isCancelled),
    ),
  );
  const list = document.getElementById('waiting');
  if (!list) return;
  const lines = [
    uploads?.length ? `${counted(uploads.length, 'photo')} to upload` : '',
    edits?.length ? `${counted(edits.length, 'change')} to send` : '',
  ].filter(Boolean);
  list.hidden = lines.length === 0;
  list.replaceChildren(
    ...lines.map((line) => Object.assign(document.createElement('li'), { textContent: line })),
  );
}

addEventListener('online', () => location.reload());
document.addEventListener('DOMContentLoaded', () => {
  document.getElementById('retry')?.addEventListener('click', () => location.reload());
  void showWaiting();
});
