/** Name and version under which the server lists this SDK; a test keeps it equal to package.json. */
export const SDK_NAME = 'assay-node/0.1.0'
