using System.Globalization;
using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Formats;

namespace PluginHost.Libs.Genomics.Trees;

/// <summary>A tree in Newick format: names, quoted names, branch lengths, comments in brackets.</summary>
public sealed class NewickTree
{
    private NewickTree(string path, NewickNode root, IReadOnlyList<NewickNode> leaves) => (Path, Root, Leaves) = (path, root, leaves);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The root.</summary>
    public NewickNode Root { get; }

    /// <summary>The leaves from left to right; their names differ.</summary>
    public IReadOnlyList<NewickNode> Leaves { get; }

    /// <summary>Reads a file with one tree.</summary>
    /// <exception cref="DataException">It is missing or malformed; names the place.</exception>
    public static NewickTree Read(string path)
    {
        // A tree may begin with a comment in brackets, as JSON does.
        var lines = LineReader.Read(path, "a Newick tree", TextFormat.Json).Select(l => l.Text);
        return Parse(string.Join('\n', lines), path);
    }

    /// <summary>Reads the text of a file.</summary>
    public static NewickTree Parse(string text, string path)
    {
        var shown = DataFile.Show(path);
        var at = 0;
        var root = new NewickNode(null);
        var node = root;
        var leaves = new List<NewickNode>();
        var open = 0;
        var ended = false;
        while (Next() is { } symbol)
        {
            if (ended) throw Bad("there is more after the ';' that ends the tree; give one tree a file");
            switch (symbol)
            {
                case '(':
                    if (node.Children.Count > 0 || node.Name.Length > 0) throw Bad("a '(' stands where a ',' is missing");
                    open++;
                    node = new NewickNode(node);
                    break;
                case ',':
                    if (node.Parent is null) throw Bad("a ',' stands outside all parentheses");
                    EndNode();
                    node = new NewickNode(node.Parent);
                    break;
                case ')':
                    if (open-- == 0) throw Bad("a ')' closes nothing");
                    EndNode();
                    node = node.Parent!;
                    break;
                case ';':
                    if (open > 0) throw Bad($"{open} '(' {(open == 1 ? "is" : "are")} not closed before the ';'");
                    ended = true;
                    break;
                case ':':
                    var written = Word(quoted: false);
                    if (!double.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var length)
                        || !double.IsFinite(length))
                        throw Bad($"the branch length '{written}' is no number");
                    node.Length = length;
                    break;
                default:
                    at--;
                    if (node.Name.Length > 0) throw Bad("a name follows a name; write ',' between leaves, and names with blanks in quotes");
                    node.Name = Word(quoted: symbol == '\'');
                    break;
            }
        }
        if (open > 0) throw Bad($"the text ends with {open} '(' not closed");
        EndNode();
        if (leaves.Count < 2) throw Bad("this is no tree of two leaves or more; a Newick tree looks like ((human,mouse),chicken);");
        if (leaves.GroupBy(l => l.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new DataException($"{shown}: two leaves are called '{twice.Key}'; give each a name of its own.");
        return new(path, root, leaves);

        char? Next()
        {
            while (at < text.Length)
            {
                var c = text[at++];
                if (c == '[')
                {
                    var end = text.IndexOf(']', at);
                    if (end < 0) throw Bad("a comment '[' is not closed");
                    at = end + 1;
                }
                else if (!char.IsWhiteSpace(c)) return c;
            }
            return null;
        }

        string Word(bool quoted)
        {
            if (!quoted)
            {
                while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
                var start = at;
                while (at < text.Length && !"(),:;[".Contains(text[at]) && !char.IsWhiteSpace(text[at])) at++;
                return text[start..at];
            }
            var word = new System.Text.StringBuilder();
            for (at++; at < text.Length; at++)
            {
                if (text[at] != '\'') word.Append(text[at]);
                else if (at + 1 < text.Length && text[at + 1] == '\'') word.Append(text[++at]);
                else
                {
                    at++;
                    return word.ToString();
                }
            }
            throw Bad("a quoted name is not closed");
        }

        void EndNode()
        {
            if (node.Children.Count > 0) return;
            if (node.Name.Length == 0) throw Bad("a leaf has no name");
            leaves.Add(node);
        }

        DataException Bad(string what) => new($"{shown}: {what} (at character {at:N0}).");
    }

    /// <summary>
    /// The clade of each leaf: that of its ancestor so many branches below the root, or the leaf itself if it is nearer. A clade goes by
    /// its own
    /// name where no other has it and it is no number (a bootstrap value), else by its first leaf and the number of the others.
    /// </summary>
    public IReadOnlyDictionary<string, string> Clades(int depth)
    {
        var heads = Leaves.ToDictionary(leaf => leaf, leaf => leaf.Lineage().Skip(depth).FirstOrDefault() ?? leaf);
        var shared = heads.Values.Distinct().GroupBy(n => n.Name, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key)
            .ToHashSet();
        return heads.ToDictionary(
            h => h.Key.Name,
            h => shared.Contains(h.Value.Name) || double.TryParse(h.Value.Name, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
                ? h.Value.ByLeaves()
                : h.Value.Describe(),
            StringComparer.Ordinal);
    }
}

/// <summary>A node of a tree.</summary>
public sealed class NewickNode
{
    private readonly List<NewickNode> children = [];

    public NewickNode(NewickNode? parent)
    {
        Parent = parent;
        parent?.children.Add(this);
    }

    /// <summary>The node above; null for the root.</summary>
    public NewickNode? Parent { get; }

    /// <summary>The nodes below.</summary>
    public IReadOnlyList<NewickNode> Children => children;

    /// <summary>As written; empty if it has none.</summary>
    public string Name { get; set; } = "";

    /// <summary>Length of the branch above it, or not a number.</summary>
    public double Length { get; set; } = double.NaN;

    /// <summary>From the root, which comes first, to this node.</summary>
    public IEnumerable<NewickNode> Lineage()
    {
        var up = new Stack<NewickNode>();
        for (var node = this; node is not null; node = node.Parent) up.Push(node);
        return up;
    }

    /// <summary>Its name, or where it has none its leaves.</summary>
    public string Describe() => Name.Length > 0 ? Name : ByLeaves();

    /// <summary>Its first leaf and the number of the others.</summary>
    public string ByLeaves()
    {
        var first = this;
        while (first.Children.Count > 0) first = first.Children[0];
        var leaves = Leaves();
        return leaves > 1 ? $"{first.Name}+{leaves - 1}" : first.Name;
    }

    private int Leaves()
    {
        var count = 0;
        var left = new Stack<NewickNode>([this]);
        while (left.TryPop(out var node))
        {
            if (node.Children.Count == 0) count++;
            foreach (var child in node.Children) left.Push(child);
        }
        return count;
    }
}
