namespace PluginHost.Libs.Supervised;

/// <summary>How much the loss of a class counts where no weights are written.</summary>
public enum Weighting
{
    /// <summary>All alike.</summary>
    None,

    /// <summary>Rows / (classes * rows of the class): every class counts the same in all.</summary>
    Balanced,
}
