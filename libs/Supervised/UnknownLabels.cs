using PluginHost.Libs.Files;

namespace PluginHost.Libs.Supervised;

/// <summary>Gathers the labels of a split that no model knows, so that all are told of at once, with the first row.</summary>
/// <param name="known">Those it knows, as messages show them.</param>
public sealed class UnknownLabels(IReadOnlyList<string> known)
{
    private const int Shown = 20;
    private readonly Dictionary<string, long> rows = new(StringComparer.Ordinal);
    private string first = "";
    private string? beside;

    /// <summary>Takes in one.</summary>
    /// <param name="label">As written.</param>
    /// <param name="sample">The row.</param>
    /// <param name="remark">What else to say where it is the first; a sentence, or null.</param>
    public void Add(string label, Sample sample, string? remark = null)
    {
        if (rows.Count == 0) (first, beside) = (sample.Where, remark);
        rows[label] = rows.GetValueOrDefault(label) + 1;
    }

    /// <summary>Refuses the split if there are any.</summary>
    /// <param name="remedy">A sentence.</param>
    /// <exception cref="DataException">There are.</exception>
    public void Refuse(string remedy)
    {
        if (rows.Count > 0) throw Failure(remedy);
    }

    /// <summary>The failure of those added.</summary>
    public DataException Failure(string remedy)
    {
        var label = rows.Keys.First();
        var others = rows.Skip(1).Select(r => $"'{r.Key}' ({Wording.Counted(r.Value, "row")})").ToList();
        // Of short names each is near each.
        var hint = label.Length < 3 ? "" : Nearest.Hint(label, known);
        return new($"{first}: unknown label '{label}'{(rows[label] == 1 ? "" : $" in {Wording.Counted(rows[label], "row")}")}"
            + $"{(others.Count == 0 ? "" : $", also {NameList.Shorten(others, Shown)}")}{hint}; known labels are "
                + $"{NameList.Shorten([.. known], Shown)}. {(beside is null ? "" : beside + " ")}{remedy}");
    }
}
