/** What anyone may know of the organisation: whose policies these are, and whom to write to. */
export type OrganisationView = { readonly name: string; readonly contactEmail: string | null; readonly defaultLocale: string };
