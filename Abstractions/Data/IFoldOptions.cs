namespace PluginHost;

/// <summary>
/// Options of a data source that is one fold of a cross-validation over another. The host knows the source by its options
/// class implementing this: <c>folds:</c> of a pipeline puts it around the data of finetune stages.
/// </summary>
public interface IFoldOptions
{
    /// <summary>The data that is divided.</summary>
    ComponentSpec? Data { get; set; }

    /// <summary>How many folds there are.</summary>
    int Folds { get; set; }

    /// <summary>Which of them is the test split, from 1.</summary>
    int Fold { get; set; }

    /// <summary>Whether the fold after the test fold is the dev split.</summary>
    bool Dev { get; set; }
}
