package dev.drawbridge.it.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/// Every package is a slice of its own, except where two are one idea in two folders.
record PackageSlices(String root) implements SliceAssignment {
    static PackageSlices of(String root) {
        return new PackageSlices(root);
    }

    ArchRule freeOfCycles() {
        return slices().assignedFrom(this).should().beFreeOfCycles();
    }

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
        String name = javaClass.getPackageName();
        if (!name.startsWith(root + '.')) {
            return SliceIdentifier.ignore();
        }
        String inside = name.substring(root.length() + 1);
        return switch (inside) {
            // a port speaks of sockets, and what a connector is given are ports: one contract, two folders
            case "model.port", "model.spi" -> SliceIdentifier.of("model contract");
            default -> SliceIdentifier.of(inside);
        };
    }

    @Override
    public String getDescription() {
        return "packages of " + root;
    }
}
