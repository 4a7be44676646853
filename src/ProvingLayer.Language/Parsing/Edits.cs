using Antlr4.Runtime;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Grammar;
using ProvingLayer.Language.Text;

namespace ProvingLayer.Language.Parsing;

/// <summary>A small change of the tokens that may mend a mistake. It can be undone.</summary>
internal abstract class Edit(int index)
{
    /// <summary>The token at which it is done.</summary>
    public int Index { get; } = index;

    /// <summary>How many tokens it adds.</summary>
    public abstract int Growth { get; }

    public abstract void Apply(TokenList tokens);

    public abstract void Undo(TokenList tokens);

    /// <summary>What to tell the user; called before the edit is applied.</summary>
    public abstract Diagnostic Explain(SourceFile file, TokenList tokens, SyntaxFailure failure);
}

/// <summary>Inserts a token before another one.</summary>
internal sealed class Insertion(int index, int type) : Edit(index)
{
    private bool _wasUnit;

    public override int Growth => 1;

    public override void Apply(TokenList tokens)
    {
        _wasUnit = tokens[Index].Type == TenorParser.UNIT;
        if (_wasUnit)
        {
            tokens[Index].Type = TenorParser.ID; // it no longer follows its number
        }

        tokens.Insert(Index, type);
    }

    public override void Undo(TokenList tokens)
    {
        tokens.Remove(Index, 1);
        if (_wasUnit)
        {
            tokens[Index].Type = TenorParser.UNIT;
        }
    }

    public override Diagnostic Explain(SourceFile file, TokenList tokens, SyntaxFailure failure)
    {
        var at = Index == 0 ? 0 : tokens[Index - 1].StopIndex + 1;
        var diagnostic = new Diagnostic(DiagnosticTable.MissingToken, file.Span(at, 0), [Phrases.Literal(type), Phrases.Purpose(type, failure)], []);
        if (Brackets.OpenerOf(type) is { } opener && Brackets.FindOpener(tokens, Index, opener) is { } open)
        {
            diagnostic = diagnostic.WithNote($"to match this {Phrases.Literal(opener)}", file.Span(open.StartIndex, 1));
        }

        return diagnostic;
    }
}

/// <summary>Leaves a token out.</summary>
internal sealed class Deletion(int index) : Edit(index)
{
    private List<CommonToken> _removed = [];

    public override int Growth => -1;

    public override void Apply(TokenList tokens) => _removed = tokens.Remove(Index, 1);

    public override void Undo(TokenList tokens) => tokens.Insert(Index, _removed);

    public override Diagnostic Explain(SourceFile file, TokenList tokens, SyntaxFailure failure)
    {
        var token = tokens[Index];
        return new(
            DiagnosticTable.SuperfluousToken,
            file.Span(token.StartIndex, token.StopIndex + 1 - token.StartIndex),
            [Phrases.Describe(token), "in " + Phrases.PlaceOf(failure.Context)],
            []);
    }
}

/// <summary>Reads a token as one of another type: a word as a name, <c>=</c> as <c>==</c>.</summary>
internal sealed class Substitution(int index, int type) : Edit(index)
{
    private int _before;

    public override int Growth => 0;

    public override void Apply(TokenList tokens) => (_before, tokens[Index].Type) = (tokens[Index].Type, type);

    public override void Undo(TokenList tokens) => tokens[Index].Type = _before;

    public override Diagnostic Explain(SourceFile file, TokenList tokens, SyntaxFailure failure)
    {
        var token = tokens[Index];
        var span = file.Span(token.StartIndex, token.StopIndex + 1 - token.StartIndex);
        return type == TenorParser.ID
            ? new(DiagnosticTable.ReservedName, span, [token.Text], [])
            : new(DiagnosticTable.UnexpectedToken, span, [Phrases.Describe(token), Phrases.Literal(type)], []);
    }
}

/// <summary>Which edits to try where a parse failed, the likelier first.</summary>
internal static class Edits
{
    private static readonly int[] s_insertions =
    [
        TenorParser.SEMI, TenorParser.COMMA, TenorParser.COLON, TenorParser.RPAREN, TenorParser.RBRACE, TenorParser.LBRACE, TenorParser.LPAREN,
        TenorParser.RBRACKET, TenorParser.GT, TenorParser.ASSIGN, TenorParser.FATARROW, TenorParser.ARROW, TenorParser.DOT, TenorParser.LBRACKET,
    ];

    public static IEnumerable<Edit> Propose(TokenList tokens, int start, SyntaxFailure failure)
    {
        var at = failure.Index;
        var token = failure.Token.Type;
        if (Brackets.FindUnclosedByIndentation(tokens, start, at) is { } early)
        {
            yield return new Insertion(early, TenorParser.RBRACE);
        }

        var operand = token is TenorParser.RPAREN or TenorParser.RBRACKET ? Brackets.StartOfOperand(tokens, start, at) : null;
        if (operand is { } group)
        {
            yield return new Insertion(group, token == TenorParser.RPAREN ? TenorParser.LPAREN : TenorParser.LBRACKET);
        }

        if (at > start)
        {
            var named = Brackets.TakesNames(tokens, start, at);
            if (named)
            {
                yield return new Insertion(at, TenorParser.COLON);
            }

            foreach (var type in s_insertions)
            {
                if (type != TenorParser.COLON || !named)
                {
                    yield return new Insertion(at, type);
                }
            }
        }

        if (Phrases.IsWord(token) && at > start)
        {
            yield return new Substitution(at, TenorParser.ID);
        }

        if (token == TenorParser.ASSIGN)
        {
            yield return new Substitution(at, TenorParser.EQ);
        }

        if (at > start + 1)
        {
            foreach (var type in s_insertions)
            {
                yield return new Insertion(at - 1, type);
            }
        }

        if (token != TenorParser.Eof)
        {
            yield return new Deletion(at);
        }

        if (at > start)
        {
            yield return new Deletion(at - 1);
        }
    }
}
