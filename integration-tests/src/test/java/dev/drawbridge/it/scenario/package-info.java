/// What the bridge does, as sentences on fake networks.
package dev.drawbridge.it.scenario;
