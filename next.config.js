/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  // `npm run typecheck` is the check; the build need not repeat it.
  typescript: { ignoreBuildErrors: true },
  reactStrictMode: true,
  // The image optimiser has had remote holes of its own; our pictures are SVG drawn in place.
  images: { unoptimized: true },
  serverExternalPackages: ["pg", "@node-rs/argon2", "@prisma/client", "@prisma/adapter-pg", "nodemailer", "smtp-server"],
  // Imports may be 20 MB; the upload route says so itself when they are larger.
  experimental: { serverActions: { bodySizeLimit: "24mb" }, proxyClientMaxBodySize: "24mb" },
  // Pages get their headers from proxy.ts, which leaves built files alone.
  headers: async () => [{ source: "/_next/static/:path*", headers: [{ key: "X-Content-Type-Options", value: "nosniff" }] }],
  // Every stable address of a policy also answers as Markdown and JSON.
  rewrites: async () => ({
    beforeFiles: [
      // Browsers that run no scripts ask for this name.
      { source: "/favicon.ico", destination: "/icon.svg" },
      { source: "/policies\\.:format(md|json)", destination: "/policy-documents/:format" },
      { source: "/policies/:key([a-z0-9-]+)\\.:format(md|json)", destination: "/policy-documents/:format/:key" },
      { source: "/policies/:key([a-z0-9-]+)/versions/:number(\\d+)\\.:format(md|json)", destination: "/policy-documents/:format/:key/versions/:number" },
      { source: "/policies/:key([a-z0-9-]+)/compare/:from(\\d+)/:to(\\d+)\\.:format(md|json)", destination: "/policy-documents/:format/:key/compare/:from/:to" },
    ],
  }),
};
export default config;
