namespace PluginHost.Libs.Genomics.Leakage;

/// <summary>How many held-out sequences are known from training, by the closest kind of each.</summary>
public sealed class LeakageCount
{
    /// <summary>Held-out sequences looked for.</summary>
    public long Sequences { get; private set; }

    /// <summary>Those that are in training as they are.</summary>
    public long Exact { get; private set; }

    /// <summary>Those whose reverse complement is.</summary>
    public long ReverseComplement { get; private set; }

    /// <summary>Those that are nearly the same as one in training.</summary>
    public long Near { get; private set; }

    /// <summary>All that are known.</summary>
    public long Total => Exact + ReverseComplement + Near;

    /// <summary>Share of held-out sequences that are known: 0 to 1.</summary>
    public double Share => Sequences == 0 ? 0 : (double)Total / Sequences;

    /// <summary>Counts one.</summary>
    public void Add(Leak leak)
    {
        Sequences++;
        switch (leak.Kind)
        {
            case LeakKind.Exact: Exact++; break;
            case LeakKind.ReverseComplement: ReverseComplement++; break;
            case LeakKind.Near: Near++; break;
        }
    }
}
