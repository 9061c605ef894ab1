/** Small pages without scripts, for what the application itself cannot show. They name no secret. */

const style =
  'html{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:38rem;margin:15vh auto;padding:0 1.5rem}' +
  'h1{font-size:1.4rem}code{font-size:.95em}';

function page(title: string, nonce: string, body: string): string {
  return (
    '<!doctype html><html lang="en"><head><meta charset="utf-8">' +
    '<meta name="viewport" content="width=device-width,initial-scale=1">' +
    `<title>${title}</title><style nonce="${nonce}">${style}</style></head><body><main>${body}</main></body></html>`
  );
}

/** For a browser that was not let in yet. */
export function linkNeededPage(nonce: string): string {
  return page(
    'Tillwatch: open the right link',
    nonce,
    '<h1>This browser has not been let in yet</h1>' +
      '<p>Tillwatch is running here, and shows itself only to a browser that opened its link.</p>' +
      '<p>Use the link that was printed when it started, after <code>Tillwatch is open at</code>. ' +
      'It changes with every start. If it is out of sight, run <code>npm start</code> once more: ' +
      'it finds the running application and opens it.</p>',
  );
}

export function notFoundPage(nonce: string): string {
  return page('Tillwatch: no such page', nonce, '<h1>There is no such page</h1><p><a href="/">Go to the desk</a></p>');
}

/** Leads on to the desk from a link that another site's page opened: a redirect would not carry the strict cookie. */
export function onwardPage(nonce: string): string {
  return page('Tillwatch', nonce, '<meta http-equiv="refresh" content="0;url=/"><p><a href="/">Go to the desk</a></p>');
}
