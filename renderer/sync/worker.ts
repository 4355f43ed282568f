/**
 * The sync worker's entry: owns Dexie, sealing and opening, and the link. Never holds a device's private keys.
 */
self.postMessage('started');
