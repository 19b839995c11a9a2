/** Where the public pages of a policy are. */
export const policyVersionPath = (policy: string, version: number): string => `/policies/${policy}/versions/${version}`;
export const policyDifferencePath = (policy: string, from: number, to: number): string => `/policies/${policy}/compare/${from}/${to}`;
