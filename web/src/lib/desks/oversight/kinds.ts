/** What may stand in the access log, in the order of the server's list. */
export const ACCESS_KINDS = [
  'sign_in',
  'sign_in_refused',
  'sign_out',
  'refusal',
  'tenants_read',
  'security_sites_read',
  'personal_data_read',
  'access_log_read',
  'export',
  'change',
  'account_change',
] as const;
