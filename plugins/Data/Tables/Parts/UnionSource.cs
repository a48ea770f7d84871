using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginHost.Plugins.Tables.Parts;

/// <summary>Options of the <c>union</c> source.</summary>
internal sealed class UnionOptions : IUnionOptions
{
    [Description("The data sources put together, for example [{ use: table, folder: human }, { use: table, folder: mouse }].")]
    [MinLength(1)]
    public ComponentSpec[] Sources { get; set; } = [];
}

/// <summary>Several data sets as one: a split holds those of all of them, one behind the other.</summary>
/// <param name="sources">The data sets.</param>
internal sealed class UnionSource(IReadOnlyList<IDataSource> sources) : IDataSource
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Files => [.. sources.SelectMany(s => s.Files)];

    /// <inheritdoc/>
    public IReadOnlyList<string> Notes => [.. sources.SelectMany(s => s.Notes)];

    /// <inheritdoc/>
    public ISampleSource? Open(Split split)
    {
        var parts = sources.Select(s => s.Open(split)).OfType<ISampleSource>().ToArray();
        return parts.Length == 0 ? null : new Joined(parts);
    }

    private sealed class Joined(ISampleSource[] parts) : ISampleSource
    {
        public long Count { get; } = parts.Sum(p => p.Count);

        public IReadOnlyList<string> LeftOut { get; } = [.. parts.SelectMany(p => p.LeftOut)];

        public Sample Get(long index, SeededRandom random)
        {
            var part = 0;
            for (; index >= parts[part].Count; part++) index -= parts[part].Count;
            var sample = parts[part].Get(index, random);
            // Row numbers repeat from data set to data set.
            return parts.Length == 1 ? sample : sample with { Id = $"{part + 1}/{sample.Id}" };
        }
    }
}
