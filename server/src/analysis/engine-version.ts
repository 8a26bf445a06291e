/** Version of everything between stored rows and a verdict. It is sealed into plans and stored with snapshots: raise it when a number may change. */
export const ENGINE_VERSION = '1.0.0'
