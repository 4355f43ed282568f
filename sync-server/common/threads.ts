/**
 * How many file operations run at once in this process: imported before anything else, since Node reads it with the first of
 * them. Flushes that wait together share one commit of the file system, so that many small files cost little more than one.
 */
process.env['UV_THREADPOOL_SIZE'] ??= '24';
