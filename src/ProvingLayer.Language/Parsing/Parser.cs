using System.Collections.Immutable;
using Antlr4.Runtime;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Grammar;
using ProvingLayer.Language.Syntax;
using ProvingLayer.Language.Text;

namespace ProvingLayer.Language.Parsing;

/// <summary>
/// Source text to syntax tree. A file is read one declaration at a time; where one does not parse, its tokens are repaired
/// (<see cref="Repair"/>), which is one diagnostic, and it is read again.
/// </summary>
public static class Parser
{
    /// <summary>Parses a file. Never throws on bad input, and always returns a tree: what could not be read is missing from it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="diagnostics">Where what is wrong with it is reported. With an error among it, no later stage may run on the tree.</param>
    /// <returns>The tree.</returns>
    public static CompilationUnitSyntax Parse(SourceFile file, DiagnosticBag diagnostics)
    {
        var empty = new CompilationUnitSyntax(file.Span(0, file.Text.Length), null, [], []);
        if (file.Text.Length > Limits.FileBytes)
        {
            diagnostics.Report(DiagnosticTable.FileTooLarge, file.Span(0, 0), file.Text.Length, Limits.FileBytes);
            return empty;
        }

        return Characters.Check(file, diagnostics) && Tokenizer.Read(file, diagnostics) is { } tokens ? Parse(file, tokens, diagnostics) : empty;
    }

    /// <summary>The tokens of a file without mistakes of syntax, and the grammar's trees over them; null, and reported, if it has some.</summary>
    internal static (TokenList Tokens, IReadOnlyList<ParserRuleContext> Trees)? ParseTrees(SourceFile file, DiagnosticBag diagnostics)
    {
        // What the tree builder checks is wrong for the formatter too: its text must mean what it meant.
        Parse(file, diagnostics);
        if (diagnostics.HasErrors || Tokenizer.Read(file, diagnostics) is not { } tokens)
        {
            return null;
        }

        var parser = new TenorParser(tokens.List) { ErrorHandler = new TenorErrorStrategy() };
        parser.RemoveErrorListeners();
        var repair = new Repair(file, tokens, parser, diagnostics);
        var trees = new List<ParserRuleContext>();
        for (var next = repair.Parse(0, isPrologue: true); next is not null; next = repair.Parse(tokens.List.Index, isPrologue: false))
        {
            trees.Add(next);
        }

        return (tokens.List, trees);
    }

    private static CompilationUnitSyntax Parse(SourceFile file, Tokens tokens, DiagnosticBag diagnostics)
    {
        var list = tokens.List;
        var parser = new TenorParser(list) { ErrorHandler = new TenorErrorStrategy() };
        parser.RemoveErrorListeners();
        var repair = new Repair(file, tokens, parser, diagnostics);
        var builder = new TreeBuilder(file, tokens.Documentation, diagnostics);
        var declarations = ImmutableArray.CreateBuilder<DeclarationSyntax>();
        if (repair.Parse(0, isPrologue: true) is not TenorParser.PrologueContext prologue)
        {
            return new(file.Span(0, file.Text.Length), null, [], []);
        }

        var (module, uses) = builder.Prologue(prologue);
        while (list[list.Index].Type != TenorParser.Eof && repair.Parse(list.Index, isPrologue: false) is TenorParser.TopDeclContext declaration)
        {
            if (builder.Declaration(declaration) is { } built)
            {
                declarations.Add(built);
            }
        }

        return new(file.Span(0, file.Text.Length), module, uses, declarations.ToImmutable());
    }
}
