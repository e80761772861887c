package dev.drawbridge.nostr.store;

class InMemoryPlacementsTest extends PlacementsContract {
    private final Placements placements = new InMemoryPlacements();

    @Override
    Placements placements() {
        return placements;
    }
}
