/** Whether the sign-in panel is open; a notice without permission opens it. */
export const account = $state({
  open: false,
  /** Why a sign-on with another service did not end well. */
  problem: null as string | null,
});

/** Takes the code of a sign-on's problem out of the address, where the server has put it. */
export function readSignOnProblem(): void {
  const code = new URLSearchParams(location.search).get('problem');
  if (!code?.startsWith('sign_on.')) return;
  account.problem = code;
  account.open = true;
}
