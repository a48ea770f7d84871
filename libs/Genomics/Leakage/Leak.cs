namespace PluginHost.Libs.Genomics.Leakage;

/// <summary>How a test sequence is known from training.</summary>
public enum LeakKind
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>The same sequence.</summary>
    Exact,

    /// <summary>Its reverse complement.</summary>
    ReverseComplement,

    /// <summary>A sequence nearly the same, on either strand.</summary>
    Near,
}

/// <summary>What was found for a test sequence.</summary>
/// <param name="Kind">The closest kind there is.</param>
/// <param name="Sequence">The training sequence, by the order of adding; -1 for none.</param>
/// <param name="Edits">Edits between the two (for <see cref="LeakKind.ReverseComplement"/>: 0).</param>
public readonly record struct Leak(LeakKind Kind, int Sequence, int Edits);
