/**
 * A pretend shop, payment processor and chain that drive a gateway through its real front doors. Two ways to run it:
 *
 * Beside a gateway of one's own (fixed ports, so that the gateway's configuration can name them):
 *   1. npm run demo -- --print-config > gateway.yaml       the gateway's whole configuration, secrets as ${NAMES}
 *   2. TILLWATCH_DEMO_WEBHOOK_SECRET=… TILLWATCH_DEMO_API_KEY=… npm run gateway -- serve --config gateway.yaml …
 *   3. TILLWATCH_DEMO_KEY=… (an orders:write key) and the same two secrets: npm run demo -- --gateway URL
 *
 * Started by a launcher (`--launched`, with `--port-processor 0 --port-chain 0 --data DIR`):
 *   1. The demo listens at once and prints one line of JSON on stdout:
 *      {"processor": url, "chain": url, "chainSocket": url, "config": "…gateway.yaml…", "env": {NAME: secret}}
 *      `env` is what the gateway's process needs for `config`; a secret given in the environment is kept.
 *   2. The launcher starts the gateway with that configuration, makes a shop key with `key create --scope orders:write`,
 *      and writes one line of JSON to the demo's stdin: {"gateway": url, "key": "twk_…"}. Until then the demo sells
 *      nothing. A later line replaces both, for a gateway that came back elsewhere.
 *   3. The demo waits for /readyz and goes. It ends when its stdin ends, or on SIGTERM or SIGINT.
 * With the same --data the pretend chain and processor continue where they were, so that a gateway's stored trail of
 * blocks stays true, and references and addresses are never used again. Exit codes: 0 done, 1 failed, 2 wrong arguments.
 */
