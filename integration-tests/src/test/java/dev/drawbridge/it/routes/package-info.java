/// The routes on a real broker.
package dev.drawbridge.it.routes;
