namespace PluginHost.Libs.Files.Tables;

/// <summary>A column of a table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type"><see cref="string"/>, <see cref="long"/>, <see cref="float"/> or <see cref="double"/>.</param>
public sealed record TableColumn(string Name, Type Type);

/// <summary>A table while it is being written, row by row.</summary>
public interface ITableWriter
{
    /// <summary>Adds a row.</summary>
    /// <param name="cells">One for each column, of its type; null where there is none.</param>
    void Add(IReadOnlyList<object?> cells);

    /// <summary>Writes what is left; the stream stays open.</summary>
    void Finish();
}
