/** By this the error page knows that the database is away; it learns nothing else of an error. */
export const notAvailable = "not-available";
