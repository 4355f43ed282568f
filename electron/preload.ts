/**
 * The bridge between a page and the main process: owns the few calls that a page may make. Never hands a page an Electron
 * or Node object.
 */
import { contextBridge } from 'electron';

contextBridge.exposeInMainWorld('joinder', { platform: process.platform });
