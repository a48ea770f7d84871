using System.Text;
using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Formats;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PluginHost.Host.Foundation.Documents;

/// <summary>Reads one YAML document into nodes, with guards against documents made to exhaust the reader.</summary>
public sealed class YamlDocument
{
    /// <summary>The largest file taken.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>The deepest nesting taken.</summary>
    public const int MaxDepth = 32;

    /// <summary>The most values taken, aliases counted each time they are used.</summary>
    public const int MaxNodes = 20_000;

    private readonly Dictionary<string, Node> anchors = [];
    private readonly Parser parser;
    private readonly string source;
    private readonly bool hasLines;
    private int nodes;

    private YamlDocument(string source, string text, bool hasLines)
    {
        (this.source, this.hasLines) = (source, hasLines);
        parser = new Parser(new StringReader(text));
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="UsageException">
    /// The file is missing, unreadable, not text, not YAML or beyond the limits: names file and line.
    /// </exception>
    public static Node ReadFile(string path)
    {
        var name = PathNames.Display(path);
        try
        {
            if (Directory.Exists(path))
                throw new UsageException(ForeignFolder.Explain(path, "a pipeline") ?? $"{name} is a folder; name a YAML file.");
            var length = new FileInfo(path).Length;
            if (length > MaxBytes)
                throw new UsageException($"{name} has {length:N0} bytes; a pipeline has at most {MaxBytes:N0}. Is it the right file?");
            var bytes = SmallFile.ReadBytes(path, MaxBytes, "a pipeline");
            ForeignFormat.Refuse(bytes.AsSpan(0, Math.Min(bytes.Length, TextFile.HeadBytes)), path, "a pipeline", TextFormat.Json);
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
            if (text.Contains('\0')) throw new UsageException($"{name} is not a text file; name a YAML file.");
            return Parse(name, text);
        }
        catch (DataException e)
        {
            throw new UsageException(e.Message, e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UsageException($"{name} does not exist; name a pipeline file, for example pipelines/quickstart.yaml.", e);
        }
        catch (DecoderFallbackException e)
        {
            throw new UsageException($"{name} is not UTF-8 text; name a YAML file.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{name} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Reads the text of a file.</summary>
    /// <param name="source">What messages call it.</param>
    /// <param name="text">One YAML document.</param>
    /// <exception cref="UsageException">Not YAML or beyond the limits.</exception>
    public static Node Parse(string source, string text) => Parse(source, text, "", hasLines: true);

    /// <summary>Reads a value given on the command line.</summary>
    /// <param name="source">The option it was given with.</param>
    /// <param name="text">One YAML document.</param>
    /// <param name="path">Where in a larger document it will stand.</param>
    /// <exception cref="UsageException">Not YAML or beyond the limits.</exception>
    public static Node ParseArgument(string source, string text, string path) => Parse(source, text, path, hasLines: false);

    private static Node Parse(string source, string text, string path, bool hasLines)
    {
        var document = new YamlDocument(source, text, hasLines);
        try
        {
            return document.ReadDocument(path);
        }
        catch (YamlException e)
        {
            var reason = e.Message[(e.Message.LastIndexOf("): ", StringComparison.Ordinal) is var i && i >= 0 ? i + 3 : 0)..];
            throw Invalid(e, $"{reason.TrimEnd('.')} (column {e.Start.Column})", e.Start.Line);
        }
        // On some spoiled documents the parser fails in ways of its own.
        catch (Exception e) when (
            e is InvalidOperationException or ArgumentException or KeyNotFoundException or IndexOutOfRangeException
                or FormatException or OverflowException)
        {
            throw Invalid(e, "it cannot be understood from here on", document.parser.Current?.End.Line ?? 1);
        }

        UsageException Invalid(Exception cause, string reason, long line) =>
            new($"{(hasLines ? $"{source}:{line}" : source)}: not valid YAML: {reason}.", cause);
    }

    private Node ReadDocument(string path)
    {
        parser.Consume<StreamStart>();
        if (parser.TryConsume<StreamEnd>(out _)) return new ScalarNode(new Place(source, 0, path), "", Quoted: false);
        parser.Consume<DocumentStart>();
        var root = ReadNode(new Place(source, 1, path), 0);
        parser.Consume<DocumentEnd>();
        if (parser.TryConsume<DocumentStart>(out var second))
            throw new UsageException($"{source}:{second.Start.Line}: a second document begins here; a file holds one.");
        return root;
    }

    private Node ReadNode(Place place, int depth)
    {
        var node = parser.Consume<ParsingEvent>();
        place = place with { Line = LineOf(node) };
        if (depth > MaxDepth) throw new UsageException($"{place}: nested more than {MaxDepth} deep.");
        Count(place);
        if (node is NodeEvent { Tag.IsEmpty: false } tagged && !tagged.Tag.IsNonSpecific)
            throw new UsageException($"{place}: tags such as {tagged.Tag.Value} are not taken; write the plain value.");
        var result = node switch
        {
            AnchorAlias alias => ReadAlias(alias, place),
            Scalar scalar => new ScalarNode(place, scalar.Value, scalar.Style != ScalarStyle.Plain),
            SequenceStart => ReadList(place, depth),
            MappingStart => ReadMap(place, depth),
            _ => throw new UsageException($"{place}: a value was expected."),
        };
        if (node is NodeEvent { Anchor.IsEmpty: false } anchored) anchors[anchored.Anchor.Value] = result;
        return result;
    }

    private ListNode ReadList(Place place, int depth)
    {
        var items = new List<Node>();
        while (!parser.TryConsume<SequenceEnd>(out _)) items.Add(ReadNode(place.At(items.Count), depth + 1));
        return new ListNode(place, items);
    }

    private MapNode ReadMap(Place place, int depth)
    {
        var map = new MapNode(place, []);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = parser.Consume<ParsingEvent>();
            var line = LineOf(key);
            if (key is not Scalar { Value: { Length: > 0 } name })
                throw new UsageException($"{place with { Line = line }}: a key must be a plain word.");
            if (name == "<<") throw new UsageException($"{place.At(name, line)}: merge keys are not taken; write the keys out.");
            if (map[name] is { } first)
                throw new UsageException(
                    $"{place.At(name, line)}: the key '{name}' is given twice, first on line {first.Place.Line}; remove one.");
            map.Set(name, ReadNode(place.At(name, line), depth + 1));
        }
        return map;
    }

    private Node ReadAlias(AnchorAlias alias, Place place)
    {
        if (!anchors.TryGetValue(alias.Value.Value, out var node))
            throw new UsageException($"{place}: '*{alias.Value.Value}' refers to an anchor that is not defined above.");
        CountAll(node, place);
        return node.Under(place);
    }

    private void CountAll(Node node, Place place)
    {
        Count(place);
        if (node is ListNode list) list.Items.ForEach(i => CountAll(i, place));
        if (node is MapNode map) map.Entries.ForEach(e => CountAll(e.Value, place));
    }

    private int LineOf(ParsingEvent e) => hasLines ? (int)e.Start.Line : 0;

    private void Count(Place place)
    {
        if (++nodes > MaxNodes)
            throw new UsageException($"{place}: the document holds more than {MaxNodes:N0} values, aliases counted each time.");
    }
}
