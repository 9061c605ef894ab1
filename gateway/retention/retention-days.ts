/** For how many days the gateway keeps what happened; processors repeat deliveries, and shops requests, for 30. */
export const RETENTION_DAYS = { default: 90, least: 30 } as const;
