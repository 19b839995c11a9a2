import { settings } from "@/lib/data/settings/settings";

/** The request header in which proxy.ts tells pages which address was asked for. */
export const pathHeader = "x-handshake-path";

/** 16 random bytes in base64, fresh for every response (CSP 3 §7.1). */
export const newNonce = (): string => Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");

/**
 * What every page is sent with: scripts only with this response's nonce, nothing from elsewhere, no framing.
 *
 * `same-origin` rather than `no-referrer`, on pages whose address holds a token too: it tells other sites just as
 * little, and under `no-referrer` browsers send forms with `Origin: null` (Fetch §3.1), which we refuse.
 */
export function securityHeaders(nonce: string) {
  const development = !settings().production;
  const policy = [
    "default-src 'self'",
    // Development builds of React read stacks with eval, and reload through a socket.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    development ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    // Widths of bars and the like stand in style attributes; they cannot run anything.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${development ? " ws:" : ""}`,
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
  ];
  return {
    "content-security-policy": policy.join("; "),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    // Only where people come by https; the address they use is a setting, since a proxy may end the encryption.
    ...(settings().webUrl.startsWith("https:") ? { "strict-transport-security": "max-age=31536000" } : {}),
  };
}
