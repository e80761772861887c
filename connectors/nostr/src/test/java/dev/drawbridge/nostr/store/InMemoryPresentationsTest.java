package dev.drawbridge.nostr.store;

class InMemoryPresentationsTest extends PresentationsContract {
    private final Presentations presentations = new InMemoryPresentations();

    @Override
    Presentations presentations() {
        return presentations;
    }
}
