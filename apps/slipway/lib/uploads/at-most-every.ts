/** Runs it at once, and what is asked for within the time after that once more at its end. */
export function atMostEvery(milliseconds: number, run: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isDue = false;
  const again = () => {
    timer = undefined;
    if (isDue) start();
  };
  const start = () => {
    isDue = false;
    timer = setTimeout(again, milliseconds);
    run();
  };
  return () => {
    isDue = true;
    if (timer === undefined) start();
  };
}
