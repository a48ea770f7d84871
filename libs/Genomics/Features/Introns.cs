using PluginHost.Libs.Files;
using PluginHost.Libs.Genomics.Names;

namespace PluginHost.Libs.Genomics.Features;

/// <summary>Introns: what lies between neighbouring exons of a transcript.</summary>
public static class Introns
{
    /// <summary>
    /// The introns of all transcripts, transcript by transcript in the order of their first exon; each is a feature with its transcript's
    /// name.
    /// </summary>
    /// <remarks>BED's blocks are exons. In GFF the exons of a transcript share a Parent (GFF3) or transcript_id (GTF).</remarks>
    /// <param name="features">From one file.</param>
    /// <param name="exonType">GFF's type of exons; 'exon', or where a file has none 'CDS', unless set.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="DataException">There are no exons, or they are not told apart by transcript, or overlap.</exception>
    public static IEnumerable<Feature> Of(IEnumerable<Feature> features, string? exonType, string path)
    {
        var transcripts = new Dictionary<(string, string), List<Feature>>();
        var coding = new Dictionary<(string, string), List<Feature>>();
        var any = false;
        foreach (var feature in features)
        {
            if (feature.Blocks.Count > 0)
            {
                any = true;
                for (var i = 1; i < feature.Blocks.Count; i++)
                    if (feature.Blocks[i].Start > feature.Blocks[i - 1].End)
                        yield return feature with
                        {
                            Start = feature.Blocks[i - 1].End,
                            End = feature.Blocks[i].Start,
                            Blocks = [],
                            Type = "intron"
                        };
                continue;
            }
            if (feature.Type == (exonType ?? "exon")) Add(transcripts, feature);
            else if (exonType is null && feature.Type == "CDS") Add(coding, feature);
        }
        if (transcripts.Count == 0) transcripts = coding;
        if (transcripts.Count == 0 && !any)
            throw new DataException($"{DataFile.Show(path)} has no {(exonType is null ? "exon or CDS" : $"'{exonType}'")} features and no "
                + "BED blocks, so no introns; give an annotation of exons, or name their type with --type.");
        foreach (var ((_, transcript), exons) in transcripts)
        {
            exons.Sort((a, b) => a.Start.CompareTo(b.Start));
            for (var i = 1; i < exons.Count; i++)
            {
                if (exons[i].Strand != exons[0].Strand)
                    throw new DataException($"{exons[i].Where}: the exons of transcript '{transcript}' lie on both strands; give each "
                        + "transcript a name of its own.");
                if (exons[i].Start > exons[i - 1].End)
                    yield return exons[i] with { Start = exons[i - 1].End, End = exons[i].Start, Type = "intron", Name = transcript };
            }
        }
    }

    private static void Add(Dictionary<(string, string), List<Feature>> transcripts, Feature exon)
    {
        var names = exon.Attributes?["transcript_id"] is { } named ? [named] : exon.Attributes?.List("Parent") ?? [];
        if (names.Count == 0)
            throw new DataException($"{exon.Where}: the exon names no transcript; GFF3 does with Parent=, GTF with transcript_id.");
        foreach (var transcript in names)
        {
            var key = (ChromosomeName.Common(exon.Chromosome), transcript);
            if (!transcripts.TryGetValue(key, out var exons)) transcripts[key] = exons = [];
            exons.Add(exon);
        }
    }
}
