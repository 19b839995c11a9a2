/** What is in force now, as SQL: the rule of `inForceAt`, in one place for every query that follows it. */

/** Whom policies are for that customers are asked about. */
export const customersAudiences = `('customers', 'everybody')`;

/** The live version of the data use `u`, for a lateral join: the published one with the highest number. */
export const liveVersionOfUse = `
  SELECT v.number, v.legal_basis, v.gpc_concern, v.terms, v.published_at, v.entry_index FROM data_use_version v
   WHERE v.use_id = u.id AND v.published_at IS NOT NULL ORDER BY v.number DESC LIMIT 1`;

/** The version of the policy `y` that is in force, for a lateral join. */
export const versionInForceOfPolicy = `
  SELECT v.id, v.number, v.asked_since, v.in_force_from, v.entry_index FROM policy_version v
   WHERE v.policy_id = y.id AND v.published_at IS NOT NULL AND v.cancelled_at IS NULL AND v.in_force_from <= clock_timestamp()
   ORDER BY v.in_force_from DESC, v.number DESC LIMIT 1`;
