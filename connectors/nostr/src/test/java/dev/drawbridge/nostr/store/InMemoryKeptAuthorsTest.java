package dev.drawbridge.nostr.store;

class InMemoryKeptAuthorsTest extends KeptAuthorsContract {
    private final KeptAuthors authors = new InMemoryKeptAuthors();

    @Override
    KeptAuthors authors() {
        return authors;
    }
}
