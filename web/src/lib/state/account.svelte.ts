/** Whether the sign-in panel is open; a notice without permission opens it. */
export const account = $state({ open: false });
