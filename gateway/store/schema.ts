import type { Generated } from 'kysely';

/** The gateway's tables as kysely sees them. Times are epoch milliseconds, JSON is TEXT, hashes are SHA-256 in hex. */
export interface Database {
  meta: { key: string; value: string };
  stores: { id: string; name: string; currency: string; time_zone: string; epoch: string; floor: number };
  events: { store: string; seq: number; id: string; order_n: number | null; kind: string; json: string };
  orders: OrderRow;
  search_terms: { store: string; term: string; order_n: number };
  order_times: { store: string; at: number; order_n: number };
  order_payments: { payment_id: string; order_n: number };
  unmatched: UnmatchedRow;
  unmatched_terms: { store: string; term: string; payment_id: string };
  customers: { order_n: number; json: string };
  customer_terms: { store: string; term: string; order_n: number };
  order_addresses: { chain: string; address: string; order_n: number };
  order_chains: { chain: string; order_n: number };
  deliveries: DeliveryRow;
  idempotency: { store: string; key: string; hash: string; order_id: string; created_at: number };
  desks: DeskRow;
  pairing_codes: {
    hash: string;
    role: string;
    name: string | null;
    stores: string;
    expires_at: number;
    used_at: number | null;
  };
  keys: {
    id: string;
    hash: string;
    name: string;
    store: string;
    scopes: string;
    created_at: number;
    revoked_at: number | null;
  };
  block_trail: { chain: string; number: number; hash: string };
  source_states: { id: string; last_heard_at: number | null; lag_ms: number | null; state: string };
  commands: { id: string; desk_id: string; hash: string; answer: string; at: number };
}

export interface OrderRow {
  /** Given at first sight, in that order; no other order ever gets it. The other tables know an order by it. */
  n: Generated<number>;
  store: string;
  id: string;
  source: string;
  status: string;
  /** 1 while money, time or a person can still be expected to move it, else 0. */
  open: number;
  created_at: number;
  expires_at: number;
  grace_until: number;
  /** Until when its addresses and payments are watched; the largest safe integer while a payment is under way. */
  watch_until: number;
  updated_at: number;
  updated_seq: number;
  json: string;
}

export interface UnmatchedRow {
  store: string;
  id: string;
  chain: string | null;
  state: string;
  seen_at: number;
  updated_at: number;
  json: string;
}

export interface DeliveryRow {
  id: string;
  source: string;
  store: string;
  dedupe_key: string | null;
  received_at: number;
  sent_at: number | null;
  headers: string;
  body: Uint8Array;
  state: string;
  error: string | null;
  /** When customer data was taken out of the body; null while it is as it came. */
  redacted_at: number | null;
}

export interface DeskRow {
  id: string;
  name: string;
  role: string;
  public_key: string;
  stores: string;
  paired_at: number;
  revoked_at: number | null;
}
