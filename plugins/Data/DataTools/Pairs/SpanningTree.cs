using PluginHost.Libs.Files;

namespace PluginHost.Plugins.DataTools.Pairs;

/// <summary>
/// A minimum spanning tree of aligned sequences by the number of columns in which they differ (Prim 1957), its branches away from the
/// earliest record. It knows no ancestors but the records themselves.
/// </summary>
internal static class SpanningTree
{
    /// <summary>Most records: time grows with their square.</summary>
    public const int MostRecords = 20_000;

    /// <summary>Reads sequences and joins them.</summary>
    /// <exception cref="DataException">They are malformed, one alone, or too many.</exception>
    public static Lineage Read(PairsOptions options, ToolRun run, CancellationToken cancellation)
    {
        var records = AlignedSequences.Read(options.Data, options.Date).OrderBy(r => r.Date, StringComparer.Ordinal).ToList();
        if (records.Count is < 2 or > MostRecords)
            throw new DataException($"{DataFile.Show(options.Data)} has {Wording.Counted(records.Count, "record")}; a "
                + $"tree takes 2 to {MostRecords:N0}. Give others, or a tree with --tree.");
        var lineage = new Lineage();
        foreach (var record in records) lineage.Add(record.Name, record.Sequence);
        foreach (var (parent, child) in Join([.. records.Select(r => r.Sequence)], done =>
        {
            cancellation.ThrowIfCancellationRequested();
            run.Progress("sequences joined", done, records.Count);
        })) lineage.Join(parent, child);
        return lineage;
    }

    /// <summary>Branches from the first sequence outwards. Of equally near parents a sequence has the one that comes first.</summary>
    public static IEnumerable<(int Parent, int Child)> Join(IReadOnlyList<string> sequences, Action<int>? progress = null)
    {
        var distance = new int[sequences.Count];
        var parent = new int[sequences.Count];
        Array.Fill(distance, int.MaxValue);
        distance[0] = -1;
        var last = 0;
        for (var joined = 1; joined < sequences.Count; joined++)
        {
            var next = -1;
            for (var i = 1; i < sequences.Count; i++)
            {
                if (distance[i] < 0) continue;
                var apart = Differences(sequences[last], sequences[i]);
                if (apart < distance[i] || (apart == distance[i] && last < parent[i])) (distance[i], parent[i]) = (apart, last);
                if (next < 0 || distance[i] < distance[next]) next = i;
            }
            yield return (parent[next], next);
            distance[next] = -1;
            last = next;
            progress?.Invoke(joined + 1);
        }
    }

    /// <summary>Columns in which two aligned sequences differ.</summary>
    public static int Differences(string a, string b)
    {
        var count = 0;
        for (var i = 0; i < a.Length; i++) if (a[i] != b[i]) count++;
        return count;
    }
}
