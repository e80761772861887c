package dev.drawbridge.engine.camel;

import java.time.InstantSource;

/// @param bridgeConsumers how many events are bridged at once; those of one author always one after the other
/// @param deliverConsumers how many deliveries are under way at once per network; those to one destination one after
/// the other
/// @param clock the instance's clock
/// @param pause waits before an item that failed is tried again in its place
public record RouteSettings(int bridgeConsumers, int deliverConsumers, InstantSource clock, Poison.Pause pause) {
    public static RouteSettings of(int bridgeConsumers, int deliverConsumers, InstantSource clock) {
        return new RouteSettings(bridgeConsumers, deliverConsumers, clock, Thread::sleep);
    }
}
