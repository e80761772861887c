/** A durable stand-in for a MongoDB server where none can be installed. */
package dev.drawbridge.peers.mongo;
