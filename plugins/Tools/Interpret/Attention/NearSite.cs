namespace PluginHost.Plugins.Interpret.Attention;

/// <summary>The share of all attention that lies near a site, as a ratio of sums over sequences.</summary>
internal sealed class NearSite
{
    private double near, all, nearSquares, allSquares, products;

    /// <summary>Sequences.</summary>
    public long Sequences { get; private set; }

    /// <summary>The share.</summary>
    public double Share => near / all;

    /// <summary>
    /// Half of its 95 % interval: the usual variance of a ratio estimator (Cochran, Sampling Techniques, section 6.4) and the normal
    /// distribution. NaN of one sequence.
    /// </summary>
    public double Half
    {
        get
        {
            if (Sequences < 2) return double.NaN;
            var residuals = nearSquares - 2 * Share * products + Share * Share * allSquares;
            return 1.96 * Math.Sqrt(Math.Max(0, residuals) * Sequences / (Sequences - 1)) / all;
        }
    }

    /// <summary>Adds a sequence.</summary>
    public void Add(double nearSite, double everywhere)
    {
        Sequences++;
        (near, all, products) = (near + nearSite, all + everywhere, products + nearSite * everywhere);
        (nearSquares, allSquares) = (nearSquares + nearSite * nearSite, allSquares + everywhere * everywhere);
    }
}
