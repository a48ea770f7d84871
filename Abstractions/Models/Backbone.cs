namespace PluginHost;

using static TorchSharp.torch;

/// <summary>An architecture: turns a batch into streams of hidden states.</summary>
/// <param name="name">The module's name.</param>
public abstract class Backbone(string name) : nn.Module(name)
{
    /// <summary>The batch columns it needs.</summary>
    public abstract IReadOnlyList<BatchKey> Reads { get; }

    /// <summary>The streams it offers to heads.</summary>
    public abstract IReadOnlyList<StreamKey> Streams { get; }

    /// <summary>Its sizes.</summary>
    public abstract BackboneShape Shape { get; }

    /// <summary>The repeated layers, bottom first: what gradual unfreezing and layer-wise learning rates go by.</summary>
    public abstract IReadOnlyList<nn.Module> Layers { get; }

    /// <summary>The token embedding "V D" that a tied head shares; null if there is none to tie to.</summary>
    public virtual TorchSharp.Modules.Parameter? TokenEmbedding => null;

    /// <summary>
    /// Whether it reads <see cref="Keys.InputEmbeddings"/> where a batch has them, rows of <see cref="TokenEmbedding"/> otherwise: what
    /// attribution by gradients needs. Default false.
    /// </summary>
    public virtual bool TakesEmbeddings => false;

    /// <summary>
    /// What the state dict's names begin with, so that a model folder has the published names: <c>bert</c>. Empty for nothing.
    /// </summary>
    public virtual string StatePrefix => "backbone";

    /// <summary>The fields of <c>config.json</c> in the field's usual names (<c>model_type</c>, <c>hidden_size</c>, ...).</summary>
    public virtual IReadOnlyDictionary<string, object> Configuration => new Dictionary<string, object> { ["model_type"] = GetName() };

    /// <summary>What was decided while it was built, for the user: which weights were read from a file, which start at random.</summary>
    public virtual IReadOnlyList<string> Notes => [];

    /// <summary>
    /// The head that answers where the tokenizer's last tokens ask, for a pipeline that names none. Default: null, the role's own.
    /// </summary>
    /// <param name="role">What an objective needs; <see cref="HeadRole.Answer"/> says of which kind.</param>
    /// <param name="asked">What the tokenizer asks for.</param>
    /// <exception cref="UsageException">It would answer, and cannot as asked: says which head to name.</exception>
    public virtual ComponentSpec? AnsweringHead(HeadRole role, Question asked) => null;

    /// <summary>Computes the streams.</summary>
    /// <param name="batch">Has the columns of <see cref="Reads"/>.</param>
    /// <param name="capture">What else to keep.</param>
    public abstract BackboneOutput Forward(Batch batch, Capture capture);
}
