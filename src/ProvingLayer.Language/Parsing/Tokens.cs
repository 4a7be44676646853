using System.Text;
using Antlr4.Runtime;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Grammar;
using ProvingLayer.Language.Text;

namespace ProvingLayer.Language.Parsing;

/// <summary>A file's tokens and the doc comments between them.</summary>
/// <param name="List">What the grammar sees.</param>
/// <param name="Documentation">The text of the doc comments that stand just before a token, by the token's start.</param>
/// <param name="OpenStrings">Where strings end that are not closed on their line, so that what should follow is inside them.</param>
internal sealed record Tokens(TokenList List, Dictionary<int, string> Documentation, HashSet<int> OpenStrings);

/// <summary>Text to tokens: runs the lexer, reports what is no token, gives units their type and holds the limits that tokens show.</summary>
internal sealed class Tokenizer
{
    private readonly SourceFile _file;
    private readonly DiagnosticBag _diagnostics;
    private readonly List<CommonToken> _tokens = [];
    private readonly Dictionary<int, string> _documentation = [];
    private readonly HashSet<int> _openStrings = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly StringBuilder _pending = new();
    private int _firstBad = -1;
    private int _lastBad;

    private Tokenizer(SourceFile file, DiagnosticBag diagnostics)
    {
        _file = file;
        _diagnostics = diagnostics;
    }

    /// <summary>Reads the tokens, or null where a limit is passed beyond which nothing can be parsed.</summary>
    public static Tokens? Read(SourceFile file, DiagnosticBag diagnostics) => new Tokenizer(file, diagnostics).Read();

    private Tokens? Read()
    {
        var lexer = new TenorLexer(new AntlrInputStream(_file.Text));
        lexer.RemoveErrorListeners();
        while (true)
        {
            var token = (CommonToken)lexer.NextToken();
            if (token.Type != TenorLexer.BAD)
            {
                ReportBad();
            }

            if (token.Type == TenorLexer.Eof)
            {
                token.StartIndex = _file.Text.Length;
                token.StopIndex = _file.Text.Length - 1;
                _tokens.Add(token);
                return CheckNesting() ? new(new TokenList(_tokens, lexer), _documentation, _openStrings) : null;
            }

            if (_tokens.Count >= Limits.Tokens)
            {
                _diagnostics.Report(DiagnosticTable.TooManyTokens, SpanOf(token), Limits.Tokens);
                return null;
            }

            if (!Add(token))
            {
                return null;
            }
        }
    }

    private bool Add(CommonToken token)
    {
        switch (token.Type)
        {
            case TenorLexer.BAD:
                _firstBad = _firstBad < 0 ? token.StartIndex : _firstBad;
                _lastBad = token.StopIndex;
                return true;
            case TenorLexer.DOC:
                _pending.Append(_pending.Length > 0 ? "\n" : "").Append(token.Text.Substring(3).Trim());
                return true;
            case TenorLexer.LONG_COMMENT:
                if (Length(token) < 4 || !token.Text.EndsWith("*/", StringComparison.Ordinal))
                {
                    _diagnostics.Report(DiagnosticTable.UnterminatedComment, _file.Span(token.StartIndex, 2));
                }

                return true;
            case TenorLexer.OPEN_STRING:
                _diagnostics.Report(DiagnosticTable.UnterminatedString, SpanOf(token));
                _openStrings.Add(token.StopIndex + 1);
                token.Type = TenorLexer.STRING;
                token.Text += "\"";
                break;
            case TenorLexer.STRING or TenorLexer.HEX when Length(token) > Limits.LiteralLength:
                _diagnostics.Report(DiagnosticTable.LiteralTooLong, SpanOf(token), Length(token), Limits.LiteralLength);
                token.Text = token.Type == TenorLexer.HEX ? "0x0" : "\"\"";
                break;
            case TenorLexer.NUMBER when Length(token) > Limits.NumberDigits:
                _diagnostics.Report(DiagnosticTable.LiteralTooLong, SpanOf(token), Length(token), Limits.NumberDigits);
                token.Text = "0";
                break;
            case TenorLexer.ID or TenorLexer.FOREIGN:
                if (!AddName(token))
                {
                    return false;
                }

                break;
        }

        if (_pending.Length > 0)
        {
            _documentation[token.StartIndex] = _pending.ToString();
            _pending.Clear();
        }

        _tokens.Add(token);
        return true;
    }

    private bool AddName(CommonToken token)
    {
        if (token.Type == TenorLexer.FOREIGN)
        {
            _diagnostics.Report(DiagnosticTable.ForeignName, SpanOf(token), Phrases.Shorten(token.Text));
            token.Type = TenorLexer.ID;
        }

        if (Length(token) > Limits.NameLength)
        {
            _diagnostics.Report(DiagnosticTable.NameTooLong, SpanOf(token), Length(token), Limits.NameLength);
            token.Text = token.Text.Substring(0, Limits.NameLength);
        }
        else if (_names.Add(token.Text) && _names.Count > Limits.Names)
        {
            _diagnostics.Report(DiagnosticTable.TooManyNames, SpanOf(token), Limits.Names);
            return false;
        }

        if (_tokens.Count > 0 && _tokens[_tokens.Count - 1] is { Type: TenorLexer.NUMBER } number && number.Line == token.Line)
        {
            token.Type = TenorLexer.UNIT;
        }

        return true;
    }

    /// <summary>Neighbouring characters that are no token are one mistake.</summary>
    private void ReportBad()
    {
        if (_firstBad >= 0)
        {
            var span = _file.Span(_firstBad, _lastBad + 1 - _firstBad);
            var text = _file.Text;
            var first = char.IsSurrogatePair(text, _firstBad) ? text.Substring(_firstBad, 2) : text.Substring(_firstBad, 1);
            _diagnostics.Report(DiagnosticTable.UnexpectedCharacter, span, Characters.Describe(first));
            _firstBad = -1;
        }
    }

    /// <summary>
    /// Brackets, and angle brackets between two tokens that cannot stand in type arguments: every '&lt;' may open some, and prediction
    /// follows it down. A '}' closes what is left open since its '{': a missing ')' is one mistake, not one level for the rest of the file.
    /// </summary>
    private bool CheckNesting()
    {
        var open = new Stack<(int Type, int Angles)>();
        var angles = 0;
        foreach (var token in _tokens)
        {
            switch (token.Type)
            {
                case TenorLexer.LBRACE or TenorLexer.LPAREN or TenorLexer.LBRACKET:
                    open.Push((token.Type, angles));
                    angles = 0;
                    break;
                case TenorLexer.RBRACE:
                    while (open.Count > 0 && open.Pop().Type != TenorLexer.LBRACE)
                    {
                        // unclosed
                    }

                    angles = 0;
                    break;
                case TenorLexer.RPAREN or TenorLexer.RBRACKET:
                    angles = open.Count > 0 && open.Peek().Type != TenorLexer.LBRACE ? open.Pop().Angles : 0;
                    break;
                case TenorLexer.LT:
                    angles++;
                    break;
                case TenorLexer.GT:
                    angles = Math.Max(0, angles - 1);
                    break;
                case TenorLexer.SEMI or TenorLexer.ANDAND or TenorLexer.OROR or TenorLexer.ASSIGN or TenorLexer.EQ or TenorLexer.FATARROW or TenorLexer.ELSE:
                    angles = 0;
                    break;
            }

            if (open.Count > Limits.Nesting || angles > Limits.Nesting)
            {
                _diagnostics.Report(DiagnosticTable.NestedTooDeeply, SpanOf(token), Limits.Nesting);
                return false;
            }
        }

        return true;
    }

    private SourceSpan SpanOf(CommonToken token) => _file.Span(token.StartIndex, token.StopIndex + 1 - token.StartIndex);

    private static int Length(CommonToken token) => token.StopIndex + 1 - token.StartIndex;
}
