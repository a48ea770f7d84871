using PluginHost.Libs.Attribution.Mutations;
using PluginHost.Libs.Files.Tables;
using PluginHost.Libs.TableFiles;

namespace PluginHost.Plugins.Variants.Saturation;

/// <summary>The table of effects: a row a mutation and output.</summary>
internal sealed class MutationTable
{
    private static readonly IReadOnlyList<TableColumn> columns =
    [
        new("id", typeof(string)), new("chromosome", typeof(string)), new("start", typeof(long)), new("strand", typeof(string)),
        new("position", typeof(long)), new("ref", typeof(string)), new("alt", typeof(string)), new("output", typeof(string)),
        new("wild_type", typeof(float)), new("mutant", typeof(float)), new("difference", typeof(float)), new("log_or", typeof(float)),
    ];

    private readonly ITableWriter table;

    /// <summary>Begins it.</summary>
    /// <param name="writer">Receives it; is not closed.</param>
    /// <param name="kind">Its format.</param>
    /// <param name="model">The model's name.</param>
    /// <param name="meaning">What the figures are.</param>
    public MutationTable(StreamWriter writer, TableKind kind, string model, string meaning) =>
        table = TableFile.Begin(writer.BaseStream, writer, kind, columns,
        [
            $"model: {model}", meaning,
            "position: in the sequence, 0-based. start: on the chromosome's forward strand, 0-based; empty where it is not known. ref and "
                + "alt are on the strand of the sequence; alt - is a deletion.",
        ]);

    /// <summary>Adds those of a sequence.</summary>
    public void Add(MutationEffects effects)
    {
        var (sample, length) = (effects.Sample, effects.Sample.Sequence.Length);
        for (var m = 0; m < effects.Mutations.Count; m++)
        {
            var mutation = effects.Mutations[m];
            var place = sample.Place?.Within(mutation.Position, mutation.Position + 1, length);
            for (var c = 0; c < effects.Outputs.Count; c++)
                table.Add([sample.Id, place?.Chromosome, place?.Start, place is null ? null : $"{place.Strand}", (long)mutation.Position,
                    $"{mutation.Reference}", $"{mutation.Alternative}", effects.Outputs[c],
                    Known(effects.Mutant[m][c] - effects.Difference[m][c]), Known(effects.Mutant[m][c]), Known(effects.Difference[m][c]),
                    effects.LogOdds is { } odds ? Known(odds[m][c]) : null]);
        }
    }

    /// <summary>Writes what is left.</summary>
    public void Finish() => table.Finish();

    private static object? Known(float value) => float.IsNaN(value) ? null : value;
}
