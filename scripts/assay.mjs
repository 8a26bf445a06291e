// `npm run assay -- COMMAND`: the command line, such as `npm run assay -- generate --help`.
import './build.mjs'
import '../server/bin/assay.mjs'
