/** When a dialog closes that a menu item opened: the menu is gone, its button is still there. */
export function focusAgain(event: Event, button: HTMLElement | null): void {
  if (button?.isConnected !== true) return;
  event.preventDefault();
  button.focus();
}
