/** The API version spoken. It is the one that the installed `stripe` SDK sends; a test compares the two. */
export const API_VERSION = '2026-10-28.endive';

/** The account id of the platform itself, as opposed to connected accounts. */
export const PLATFORM_ACCOUNT = 'acct_1SandboxPlatform0';
