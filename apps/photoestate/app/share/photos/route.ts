/** Photos are shared to the service worker, which keeps them. Where it does not run, nothing can. */
export function POST(): Response {
  return new Response(null, { status: 303, headers: { location: '/share?missed=1' } });
}
