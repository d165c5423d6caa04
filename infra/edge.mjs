// The code at the edge does what it is there for: `edge.mjs MADE` runs both functions of the template, as CloudFront would.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import vm from "node:vm";

const { Resources } = JSON.parse(readFileSync(process.argv[2], "utf8"));

/** What a function makes of a request; in a world of its own, as there: nothing but the language. */
function led(name, uri, headers = {}) {
  const code = Resources[name].Properties.FunctionCode;
  assert.equal(typeof code, "string", `${name} has code`);
  const event = { request: { method: "GET", uri, querystring: {}, headers, cookies: {} }, viewer: { ip: "192.0.2.7" } };
  const text = `${code}\nJSON.stringify(handler(${JSON.stringify(event)}))`;
  return JSON.parse(vm.runInNewContext(text, {}, { timeout: 1000 }));
}

// Folders have an index, and what is no folder is left alone.
const pages = {
  "/admin/": "/admin/index.html",
  "/guest/": "/guest/index.html",
  "/x/": "/x/index.html",
  "/admin/assets/index-AbCd1234.js": "/admin/assets/index-AbCd1234.js",
  "/config.json": "/config.json",
  "/administration": "/administration",
  // What every object inherits is no page.
  "/constructor": "/constructor",
};
for (const [uri, expected] of Object.entries(pages)) {
  const found = led("PageFinder", uri);
  assert.equal(found.statusCode, undefined, `${uri} is not led elsewhere`);
  assert.equal(found.uri, expected);
}

// The root is the admin site, and a folder without its slash is still the folder.
const homes = { "/": "/admin/", "/admin": "/admin/", "/guest": "/guest/" };
for (const [uri, expected] of Object.entries(homes)) {
  const found = led("PageFinder", uri);
  assert.equal(found.statusCode, 302, `${uri} is led elsewhere`);
  assert.equal(found.headers.location.value, expected);
}

// Whose request it is says CloudFront, whatever a caller claims; nothing else is touched.
for (const headers of [{}, { "x-kefu-viewer": { value: "203.0.113.9" } }, { accept: { value: "*/*" } }]) {
  const found = led("ViewerTeller", "/v1/session", headers);
  assert.equal(found.uri, "/v1/session");
  assert.deepEqual(found.headers, { ...headers, "x-kefu-viewer": { value: "192.0.2.7" } });
}

console.log("The code at the edge does its part");
