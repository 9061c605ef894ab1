/**
 * Preloaded into the children that `npm start` starts (node --import): when their starter vanishes, whatever killed it,
 * the process channel closes and they end themselves. Under Windows this is also how they are asked to end.
 */
process.once('disconnect', () => {
  // Windows would end the process at once: the handlers for SIGTERM are called directly there.
  if (process.platform !== 'win32') process.kill(process.pid, 'SIGTERM');
  else if (!process.emit('SIGTERM')) process.exit(0);
});
process.channel?.unref();
