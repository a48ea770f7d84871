namespace PluginHost.Libs.Statistics;

/// <summary>
/// Which of two classifiers is right on the same items, and how likely so uneven a split is when both are equally good (McNemar 1947,
/// exact).
/// </summary>
/// <param name="Both">Items both get right.</param>
/// <param name="OnlyFirst">Items only the first gets right.</param>
/// <param name="OnlySecond">Items only the second gets right.</param>
/// <param name="Neither">Items both get wrong.</param>
public sealed record McNemar(int Both, int OnlyFirst, int OnlySecond, int Neither)
{
    /// <summary>Two-sided exact p: the binomial test of the discordant items. 1 when there are none.</summary>
    public double P => SignTest.P(OnlyFirst, OnlySecond);

    /// <summary>Counts two classifiers' answers.</summary>
    /// <param name="truth">True classes; negative ones are left out.</param>
    /// <param name="first">The first classifier's answers.</param>
    /// <param name="second">The second's.</param>
    public static McNemar Of(ReadOnlySpan<int> truth, ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        var (both, onlyFirst, onlySecond, neither) = (0, 0, 0, 0);
        for (var i = 0; i < truth.Length; i++)
        {
            if (truth[i] < 0) continue;
            switch (first[i] == truth[i], second[i] == truth[i])
            {
                case (true, true): both++; break;
                case (true, false): onlyFirst++; break;
                case (false, true): onlySecond++; break;
                default: neither++; break;
            }
        }
        return new(both, onlyFirst, onlySecond, neither);
    }
}
