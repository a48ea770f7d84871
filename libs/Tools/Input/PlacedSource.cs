using PluginHost.Libs.Genomics.Fasta;

namespace PluginHost.Libs.Tools.Input;

/// <summary>Stretches of genomes as samples, read when asked for; <c>chr2R:100-610</c> names one (0-based, half-open).</summary>
public sealed class PlacedSource : ISampleSource
{
    /// <summary>The field that holds a place's name, where it has one.</summary>
    public const string NameField = "name";

    private readonly List<(Genome Genome, FastaRecord Record, long Start, int Length, char Strand, string Name)> places = [];

    /// <inheritdoc/>
    public long Count => places.Count;

    /// <summary>Places that were left out, for they reach beyond a chromosome's end.</summary>
    public long Beyond { get; set; }

    /// <summary>Adds a stretch.</summary>
    /// <param name="genome">Where it lies.</param>
    /// <param name="record">Its chromosome.</param>
    /// <param name="start">0-based.</param>
    /// <param name="end">Half-open.</param>
    /// <param name="strand"><c>-</c> reads the reverse complement.</param>
    /// <param name="name">May be empty.</param>
    /// <param name="where">What names it, for messages.</param>
    /// <exception cref="DataException">It reaches beyond the chromosome, or has more bases than a sequence may.</exception>
    public void Add(Genome genome, FastaRecord record, long start, long end, char strand, string name, string where)
    {
        genome.RefuseBeyond(record, end, where);
        if (end - start > Array.MaxLength / 4)
            throw new DataException($"{where}: {end - start:N0} bases are too many for one sequence; give shorter stretches.");
        places.Add((genome, record, start, (int)(end - start), strand, name));
    }

    /// <inheritdoc/>
    public Sample Get(long index, SeededRandom random)
    {
        var (genome, record, start, length, strand, name) = places[(int)index];
        var sequence = genome.File.Read(record, start, length);
        return new($"{record.Name}:{start}-{start + length}{(strand == '-' ? "(-)" : "")}",
            strand == '-' ? Iupac.ReverseComplement(sequence) : sequence)
        {
            Place = new(record.Name, start, start + length, strand),
            Fields = name.Length > 0 ? new Dictionary<string, object> { [NameField] = name } : [],
        };
    }
}
