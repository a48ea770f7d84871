using Parquet;
using Parquet.Schema;

namespace PluginHost.Plugins.Embed.Files;

/// <summary>
/// Apache Parquet: columns <c>id</c>, <c>chromosome</c> and <c>strand</c> where sequences
/// have places on a genome, <c>start</c> and <c>end</c> for these and for tokens, and <c>embedding</c>, a list of float32. What heads of
/// other formats say is in its metadata.
/// </summary>
internal sealed class ParquetFile : IVectorFile
{
    // Numbers of a row group: 64 MB of float32.
    private const int MostNumbers = 1 << 24;

    private readonly DataField<string> id = new("id", nullable: false), note = new("note", nullable: false);
    private readonly DataField<string> chromosome = new("chromosome", nullable: false), strand = new("strand", nullable: false);
    private readonly DataField<long> start = new("start"), end = new("end");
    private readonly DataField element;
    private readonly ParquetWriter writer;
    private readonly VectorFacts facts;
    private readonly List<string> ids = [], notes = [], chromosomes = [], strands = [];
    private readonly List<long> starts = [], ends = [];
    private readonly List<float> values = [];
    private (string Id, string Note) current = ("", "");

    public ParquetFile(Stream stream, VectorFacts facts)
    {
        this.facts = facts;
        var embedding = new ListField("embedding", new DataField<float>("element"));
        element = (DataField)embedding.Item;
        List<Field> columns = facts.Placed ? [id, chromosome, start, end, strand] : facts.OfTokens ? [id, start, end] : [id];
        if (facts.HasNotes) columns.Add(note);
        var schema = new ParquetSchema([.. columns, embedding]);
        writer = ParquetWriter.CreateAsync(schema, stream).GetAwaiter().GetResult();
        writer.CustomMetadata = facts.Lines.ToDictionary(l => l.Name, l => l.Value);
    }

    /// <inheritdoc/>
    public void Begin(string id, string note) => current = (id, note);

    /// <inheritdoc/>
    public void Add(VectorPlace place, ReadOnlySpan<float> values)
    {
        ids.Add(current.Id);
        notes.Add(current.Note);
        chromosomes.Add(place.Chromosome);
        strands.Add(place.Strand);
        starts.Add(place.Start);
        ends.Add(place.End);
        this.values.AddRange(values);
        if (this.values.Count + values.Length > MostNumbers) WriteGroup();
    }

    /// <inheritdoc/>
    public void Finish()
    {
        if (ids.Count > 0) WriteGroup();
        writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    /// <summary>Nothing: what was not finished is thrown away with its stream.</summary>
    public void Dispose() { }

    private void WriteGroup()
    {
        WriteGroupAsync().GetAwaiter().GetResult();
        foreach (var texts in (List<string>[])[ids, notes, chromosomes, strands]) texts.Clear();
        foreach (var numbers in (List<long>[])[starts, ends]) numbers.Clear();
        values.Clear();
    }

    private async Task WriteGroupAsync()
    {
        using var group = writer.CreateRowGroup();
        await group.WriteAsync(id, ids);
        if (facts.Placed) await group.WriteAsync(chromosome, chromosomes);
        if (facts.Placed || facts.OfTokens)
        {
            await group.WriteAsync<long>(start, starts.ToArray());
            await group.WriteAsync<long>(end, ends.ToArray());
        }
        if (facts.Placed) await group.WriteAsync(strand, strands);
        if (facts.HasNotes) await group.WriteAsync(note, notes);
        // A list begins where the level is 0 and goes on where it is 1.
        var levels = Enumerable.Range(0, values.Count).Select(i => i % facts.Width == 0 ? 0 : 1).ToArray();
        var present = new int[values.Count];
        Array.Fill(present, element.MaxDefinitionLevel);
        await group.WriteAllPartsAsync<float>(element, values.ToArray(), present, levels, CancellationToken.None);
        group.CompleteValidate();
    }
}
