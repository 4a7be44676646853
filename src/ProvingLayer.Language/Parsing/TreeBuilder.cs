using System.Collections.Immutable;
using Antlr4.Runtime;
using Antlr4.Runtime.Tree;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Grammar;
using ProvingLayer.Language.Syntax;
using ProvingLayer.Language.Text;

namespace ProvingLayer.Language.Parsing;

/// <summary>
/// ANTLR's tree, which is always whole, to our own records; and the checks that the grammar marks with "checked:". Split by construct, as
/// the records are.
/// </summary>
internal sealed partial class TreeBuilder
{
    private readonly SourceFile _file;
    private readonly Dictionary<int, string> _documentation;
    private readonly DiagnosticBag _diagnostics;
    private bool _isStandardLibrary;
    private int _depth;

    public TreeBuilder(SourceFile file, Dictionary<int, string> documentation, DiagnosticBag diagnostics)
    {
        _file = file;
        _documentation = documentation;
        _diagnostics = diagnostics;
    }

    public (ModuleDeclarationSyntax? Module, ImmutableArray<UseSyntax> Uses) Prologue(TenorParser.PrologueContext context)
    {
        var module = context.moduleDecl() is { } declared ? new ModuleDeclarationSyntax(Span(declared), Path(declared.path())) : null;
        _isStandardLibrary = module?.Path.Parts[0].Text == "std";
        return (module, [.. context.useDecl().Select(Use)]);
    }

    /// <summary>A declaration, or null where its tree is too deep for the stages after this one.</summary>
    public DeclarationSyntax? Declaration(TenorParser.TopDeclContext context)
    {
        try
        {
            return TopDeclaration(context);
        }
        catch (NestingException e)
        {
            _depth = 0;
            _diagnostics.Report(DiagnosticTable.NestedTooDeeply, Span(e.Token), Limits.TreeDepth);
            return null;
        }
    }

    private UseSyntax Use(TenorParser.UseDeclContext context)
    {
        var names = context.ident().Select(Name).ToImmutableArray();
        return context.AS() is null
            ? new(Span(context), Path(context.path()), names, null)
            : new(Span(context), Path(context.path()), [], names[0]);
    }

    private DeclarationHeader Header(ParserRuleContext context, TenorParser.AttrContext[] attributes, ITerminalNode? pub)
    {
        var documentation = Documentation(context);
        return documentation is null && attributes.Length == 0 && pub is null
            ? DeclarationHeader.None
            : new(documentation, [.. attributes.Select(Attribute)], SpanOf(pub));
    }

    private string? Documentation(ParserRuleContext context) =>
        _documentation.TryGetValue(context.Start.StartIndex, out var text) ? text : null;

    private AttributeSyntax Attribute(TenorParser.AttrContext context) => new(
        Span(context),
        Name(context.ident()),
        [.. context.attrArg().Select(a => new AttributeArgumentSyntax(Span(a), NameOrNull(a.ident()), Simple(a.simple())))]);

    private NameSyntax Name(TenorParser.IdentContext context) => new(Span(context), context.Start.Text);

    private NameSyntax Name(TenorParser.NameContext context) => new(Span(context), context.Start.Text);

    private NameSyntax? NameOrNull(TenorParser.IdentContext? context) => context is null ? null : Name(context);

    private PathSyntax Path(TenorParser.PathContext context) => new(Span(context), [.. context.ident().Select(Name)]);

    private SourceSpan Span(ParserRuleContext context) => Span(context.Start, context.Stop);

    private SourceSpan Span(IToken start, IToken stop) => _file.Span(start.StartIndex, stop.StopIndex + 1 - start.StartIndex);

    private SourceSpan Span(IToken token) => Span(token, token);

    private SourceSpan? SpanOf(ITerminalNode? node) => node is null ? null : Span(node.Symbol);

    private void Report(DiagnosticDescriptor descriptor, SourceSpan span, params object[] arguments) => _diagnostics.Report(descriptor, span, arguments);

    /// <summary>Reports a token missing just after another.</summary>
    private void ReportMissing(string what, string purpose, IToken after) =>
        Report(DiagnosticTable.MissingToken, _file.Span(after.StopIndex + 1, 0), what, purpose);

    /// <summary>Counts levels of the tree that are being built; to be given back with <see cref="Leave"/>.</summary>
    private void Enter(int levels, ParserRuleContext context)
    {
        _depth += levels;
        if (_depth > Limits.TreeDepth)
        {
            throw new NestingException(context.Start);
        }
    }

    private void Leave(int levels) => _depth -= levels;
}
